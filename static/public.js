// The public pages' only script: larger letters, reading aloud, sending on, printing, and reading again without a
// network. Everything works without it. Plain ES5-like code: it runs on phones of ten years ago.
(function () {
  'use strict';
  var tools = document.querySelector('[data-tools]');
  var root = document.documentElement;
  var size = 100;
  function stored(value) {
    try {
      if (value !== undefined) localStorage.setItem('chu', String(value));
      return Number(localStorage.getItem('chu')) || 100;
    } catch (error) {
      return size;
    }
  }
  function setSize(next) {
    size = Math.max(80, Math.min(200, next));
    root.style.fontSize = size === 100 ? '' : size + '%';
    stored(size);
  }
  setSize(stored());

  function words() {
    var part = document.querySelector('[data-read]') || document.getElementById('main');
    var title = document.querySelector('h1');
    return (title ? title.textContent + '. ' : '') + (part ? part.innerText : '');
  }
  function listen(button) {
    var speech = window.speechSynthesis;
    if (speech.speaking) {
      speech.cancel();
      button.textContent = tools.getAttribute('data-listen');
      return;
    }
    var said = new SpeechSynthesisUtterance(words());
    said.lang = 'vi-VN';
    said.rate = 0.9;
    said.onend = function () {
      button.textContent = tools.getAttribute('data-listen');
    };
    speech.speak(said);
    button.textContent = tools.getAttribute('data-stop');
  }
  function act(button) {
    var what = button.getAttribute('data-do');
    if (what === 'larger') setSize(size + 15);
    else if (what === 'smaller') setSize(size - 15);
    else if (what === 'print') window.print();
    else if (what === 'listen') listen(button);
    else if (what === 'share')
      navigator.share({ title: document.title, url: location.href }).catch(function () {});
  }
  if (tools) {
    tools.hidden = false;
    tools.addEventListener('click', function (event) {
      var button = event.target.closest && event.target.closest('button');
      if (button) act(button);
    });
    if ('speechSynthesis' in window) tools.querySelector('[data-do=listen]').hidden = false;
    if (navigator.share) tools.querySelector('[data-do=share]').hidden = false;
  }

  var offline = document.querySelector('[data-offline]');
  function told() {
    if (offline) offline.hidden = navigator.onLine !== false;
  }
  window.addEventListener('online', told);
  window.addEventListener('offline', told);
  told();

  var ward = /^\/\d+/.exec(location.pathname);
  if (ward && 'serviceWorker' in navigator)
    navigator.serviceWorker.register(ward[0] + '/sw.js', { scope: ward[0] }).catch(function () {});
})();
