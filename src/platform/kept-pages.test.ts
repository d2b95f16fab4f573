import { describe, expect, it } from 'vitest';
import { lookOf, PageStore, Shared } from '#platform/kept-pages.server.ts';

const page = (stamp: string, bytes = 100) => ({
  ...{ place: '1', stamp, headers: {}, etag: 'W/"x"', packed: null },
  body: Buffer.alloc(bytes),
});

describe('kept pages', () => {
  it('are given only under the stamp they were drawn under, and then forgotten', () => {
    const store = new PageStore();
    store.put('a', page('1'));
    expect(store.get('a', '1')?.stamp).toBe('1');
    expect(store.get('a', '2')).toBeNull();
    expect(store.size).toEqual({ pages: 0, bytes: 0 });
  });

  it('stay within their bounds; the one longest unasked for goes first', () => {
    const store = new PageStore({ bytes: 1_000, pages: 3 });
    for (const key of ['a', 'b', 'c']) store.put(key, page('1'));
    store.get('a', '1');
    store.put('d', page('1'));
    expect(store.get('b', '1')).toBeNull();
    expect(store.get('a', '1')).not.toBeNull();
    store.put('large', page('1', 450));
    expect(store.size.bytes).toBeLessThanOrEqual(1_000);
    // Larger than everything together: not kept at all.
    store.put('huge', page('1', 5_000));
    expect(store.size).toEqual({ pages: 0, bytes: 0 });
  });

  it('differ by language and colours only; any other cookie is somebody’s own', () => {
    const known = ['tn_locale', 'tn_theme'];
    expect(lookOf('', known)).toBe('');
    expect(lookOf('tn_theme=dark; tn_locale=en', known)).toBe(lookOf('tn_locale=en; tn_theme=dark', known));
    expect(lookOf('tn_locale=en; session=abc', known)).toBeNull();
    expect(lookOf('tn_locale', known)).toBeNull();
  });
});

describe('a shared question', () => {
  it('is begun after the request that waits for it, and asked once for all who wait', async () => {
    const begun: (() => void)[] = [];
    let value = 0;
    const shared = new Shared(() => {
      const seen = value;
      return new Promise<number>((resolve) => begun.push(() => resolve(seen)));
    });
    const first = shared.ask('ward');
    await Promise.resolve();
    await Promise.resolve();
    expect(begun).toHaveLength(1);
    // A change after the first question began: whoever comes now must see it.
    value = 1;
    const late = [shared.ask('ward'), shared.ask('ward')];
    begun[0]?.();
    expect(await first).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(begun).toHaveLength(2);
    begun[1]?.();
    expect(await Promise.all(late)).toEqual([1, 1]);
  });

  it('that failed is asked again', async () => {
    let times = 0;
    const shared = new Shared(() => (times++ === 0 ? Promise.reject(new Error('gone')) : Promise.resolve(7)));
    await expect(shared.ask('ward')).rejects.toThrow('gone');
    expect(await shared.ask('ward')).toBe(7);
  });
});
