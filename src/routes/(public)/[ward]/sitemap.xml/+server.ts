import { portalFile } from '../portal.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => portalFile(event, 'sitemap.xml');
