// What of the ward's own tiles is drawn beneath its doors: pictures as they are, or a vector tile's streets, buildings
// and water in the ink of the page.
import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { Basemap } from '#features/households/basemap/schema.ts';

export interface Ground {
  readonly basemap: Basemap;
  /** Of its tiles, with {z}, {x} and {y}. */
  readonly address: string;
}

export const sourceOf = ({ basemap, address }: Ground): SourceSpecification => ({
  type: basemap.kind === 'vector' ? 'vector' : 'raster',
  tiles: [address],
  ...(basemap.kind === 'vector' ? {} : { tileSize: 256 }),
  minzoom: basemap.minZoom,
  maxzoom: basemap.maxZoom,
  bounds: basemap.bounds,
});

/** What a vector tile's layers are drawn as, by the names of Protomaps and OpenMapTiles; others are left out. */
const DRAWN: Readonly<Record<string, 'water' | 'green' | 'building' | 'way'>> = {
  water: 'water',
  ocean: 'water',
  waterway: 'way',
  landuse: 'green',
  park: 'green',
  buildings: 'building',
  building: 'building',
  roads: 'way',
  transportation: 'way',
};

/** Whether anything of it can be seen. */
export const isDrawn = ({ kind, layers }: Basemap): boolean =>
  kind !== 'vector' || layers.some((name) => DRAWN[name] !== undefined);

/** Quiet beneath the doors: the ink of the page, thinned. */
export function groundLayers({ basemap }: Ground, ink: string): LayerSpecification[] {
  if (basemap.kind !== 'vector')
    return [{ id: 'ground', type: 'raster', source: 'ground', paint: { 'raster-opacity': 0.75 } }];
  return basemap.layers.flatMap((name): LayerSpecification[] => {
    const as = DRAWN[name];
    if (as === undefined) return [];
    const layer = { id: `ground-${name}`, source: 'ground', 'source-layer': name };
    if (as === 'way')
      return [
        { ...layer, type: 'line', paint: { 'line-color': ink, 'line-opacity': 0.35, 'line-width': 1.5 } },
      ];
    const opacity = { water: 0.18, green: 0.06, building: 0.12 }[as];
    const only = ['==', ['geometry-type'], 'Polygon'] as unknown as ExpressionSpecification;
    // Edges smoothed one by one would show where two tiles meet.
    const paint = { 'fill-color': ink, 'fill-opacity': opacity, 'fill-antialias': false };
    return [{ ...layer, type: 'fill', filter: only, paint }];
  });
}
