/** The one gate and the one opened phone of this tab, for the pages of the field app. */
import { FieldApp } from './app.svelte.ts';
import { Gate } from './gate.svelte.ts';
import type { Stage } from './gate.svelte.ts';

class Session {
  readonly gate = new Gate();
  app = $state.raw<FieldApp | null>(null);

  constructor() {
    this.gate.onStage = (stage) => this.#follow(stage);
  }

  /** An account that opens gets its phone, one that locks loses it. */
  #follow(stage: Stage): void {
    if (stage.at !== 'open') {
      this.app?.close();
      this.app = null;
      return;
    }
    if (this.app?.account.id === stage.opened.account.id) return;
    this.app?.close();
    const app = new FieldApp(stage.opened);
    this.app = app;
    this.gate.onServerOpen = () => void app.send();
    void app.start();
  }
}

export const session = new Session();
