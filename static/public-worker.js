// What was read can be read again without a network. The network always comes first: a withdrawn warning must not live
// on in a phone that has a network. Only GET, only this ward's public pages and the files they need.
'use strict';
var KEPT = 'cong-v1';
var MOST = 60;

self.addEventListener('install', function () {
  self.skipWaiting();
});
self.addEventListener('activate', function (event) {
  event.waitUntil(self.clients.claim());
});

function keep(request, response) {
  return caches.open(KEPT).then(function (cache) {
    return cache
      .put(request, response)
      .then(function () {
        return cache.keys();
      })
      .then(function (keys) {
        return Promise.all(
          keys.slice(0, Math.max(0, keys.length - MOST)).map(function (old) {
            return cache.delete(old);
          }),
        );
      });
  });
}

self.addEventListener('fetch', function (event) {
  var url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  event.respondWith(
    fetch(event.request)
      .then(function (response) {
        if (response.ok) event.waitUntil(keep(event.request, response.clone()));
        return response;
      })
      .catch(function (error) {
        return caches.match(event.request).then(function (found) {
          if (found) return found;
          throw error;
        });
      }),
  );
});
