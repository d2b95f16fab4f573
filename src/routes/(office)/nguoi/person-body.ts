import { textOf } from '../../form-text.ts';

const orNull = (text: string): string | null => (text.trim() === '' ? null : text);

/** What the form of a person sends, as the API takes it. */
export const personBody = (form: FormData) => ({
  name: textOf(form, 'name'),
  title: orNull(textOf(form, 'title')),
  phone: orNull(textOf(form, 'phone')),
  email: orNull(textOf(form, 'email')),
});
