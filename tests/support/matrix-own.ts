// Doors of the permission matrix that need a row of one's own to let anybody in.
/** Doors that answer a missing row by "not allowed": that the right person gets in is shown by their feature's tests. */
export const OWN_NEEDS_A_ROW: readonly string[] = [
  // whose print, pledge or handing over it is decides
  'GET /wards/:ward/prints/:print/sheet.pdf',
  'GET /wards/:ward/pledges/:pledge/copy.pdf',
  'GET /wards/:ward/pledges/:pledge',
  'GET /wards/:ward/pledges/:pledge/photos/:sha256',
  'GET /wards/:ward/pledges/:pledge/original.pdf',
  'POST /wards/:ward/handovers/:handover/undo',
  'POST /wards/:ward/handovers/:handover/take',
  'POST /wards/:ward/handovers/:handover/file',
  'GET /wards/:ward/handovers/:handover/record.pdf',
  // whose channel it is decides, and a channel that is not there is nobody's
  'POST /wards/:ward/channels/:channel/posts',
  'POST /wards/:ward/channels/:channel/sends',
  'GET /wards/:ward/channels/:channel/chat',
  'PUT /wards/:ward/channels/:channel/chat',
  'POST /wards/:ward/channels/:channel/chat/keepers',
  'POST /wards/:ward/channels/:channel/chat/keepers/:keeper/end',
  'POST /wards/:ward/channels/:channel/chat/moderations',
  'POST /wards/:ward/channels/:channel/broadcasts',
  'POST /wards/:ward/broadcasts/:broadcast/cancel',
  'POST /wards/:ward/broadcasts/:broadcast/played',
  'GET /wards/:ward/channels/:channel/broadcasts.ics',
  'GET /wards/:ward/channels/:channel/playlist.m3u8',
  'GET /wards/:ward/channels/:channel/playlist.zip',
  'POST /wards/:ward/sends/:send/settle',
  'POST /wards/:ward/sends/:send/again',
  'POST /wards/:ward/sends/:send/cancel',
  'POST /wards/:ward/posts/:post/confirm',
  'POST /wards/:ward/posts/:post/undo',
  // whose calendar it may be is asked inside: one's own, or of a place one answers for
  'POST /wards/:ward/calendars',
  'POST /wards/:ward/campaigns/:campaign/excuses',
  'POST /wards/:ward/campaigns/:campaign/excuses/:excuse/revoke',
];
