/** Answers for an item where the paper names somebody of no unit of the ward, such as the city police. */
export const OUTSIDE = 'outside';
