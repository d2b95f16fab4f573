// Doors of lists that come as files.
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';
import * as shape from '#features/households/import-schema.ts';
import * as steps from '#features/households/import-steps.server.ts';
import * as imports from '#features/households/imports.server.ts';

const BASE = '/wards/:ward/household-imports';

export const importEndpoints: readonly Endpoint[] = [
  guarded({
    method: 'get',
    path: BASE,
    summary: 'Lists that came as files, and what became of them',
    action: 'households.import',
    scoped: true,
    params: shape.WardPath,
    reply: shape.ImportsReply,
    handle: (call) => imports.listImports(call),
  }),
  guarded({
    method: 'post',
    path: BASE,
    summary: 'A list of households as a workbook or text file; nothing is written into the register',
    action: 'households.import',
    scoped: true,
    params: shape.WardPath,
    body: shape.UploadBody,
    reply: shape.IdReply,
    status: 201,
    limit: shape.FILE_LIMIT,
    handle: (call, { body }) => imports.uploadList(call, body.file, body.groupId || null),
  }),
  guarded({
    method: 'get',
    path: `${BASE}/:import`,
    summary: 'What would become of a list, with every problem by row; or how far it is',
    action: 'households.import',
    scoped: true,
    params: shape.ImportPath,
    query: shape.PreviewQuery,
    reply: shape.ImportReply,
    handle: (call, { params, query }) => imports.showImport(call, params.import, query.fault),
  }),
  guarded({
    method: 'patch',
    path: `${BASE}/:import`,
    summary: 'Choose sheet, columns, group, and lines that are two households',
    action: 'households.import',
    scoped: true,
    params: shape.ImportPath,
    body: shape.ImportWish,
    reply: shape.Done,
    handle: (call, { params, body }) => imports.changeImport(call, params.import, body),
  }),
  guarded({
    method: 'post',
    path: `${BASE}/:import/confirm`,
    summary: 'Bring the list into the register, or go on where the work on it stopped',
    action: 'households.import',
    scoped: true,
    params: shape.ImportPath,
    reply: shape.Done,
    handle: (call, { params }) => steps.confirmImport(call, params.import),
  }),
  guarded({
    method: 'post',
    path: `${BASE}/:import/undo`,
    summary: 'Take a whole list back; rows that something refers to stay and are named',
    action: 'households.import',
    scoped: true,
    params: shape.ImportPath,
    reply: shape.UndoReply,
    handle: (call, { params }) => steps.undoImport(call, params.import),
  }),
  guarded({
    method: 'post',
    path: `${BASE}/:import/drop`,
    summary: 'Put a list away that was not brought in',
    action: 'households.import',
    scoped: true,
    params: shape.ImportPath,
    reply: shape.Done,
    handle: (call, { params }) => steps.dropImport(call, params.import),
  }),
];
