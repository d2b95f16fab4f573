// What the ward's map is made of: one source of doors, gathered where they stand close, above the ward's own tiles where
// it gave a file of them. Shape tells what colour tells, as on the map of a group: filled is reached, a ring is left, a
// thick ring was tried, a small dot is outside.
import type { ExpressionSpecification, LngLatBoundsLike, StyleSpecification } from 'maplibre-gl';
import type { DoorState } from '#features/households/door-states.ts';
import { groundLayers, sourceOf } from '#features/households/ui/ground-layers.ts';
import type { Ground } from '#features/households/ui/ground-layers.ts';
import type { WardPointsReply } from '#features/households/ward-map.ts';

type Points = WardPointsReply['points'];

export function boundsOf(points: Points): LngLatBoundsLike {
  const lons = points.map(({ lon }) => lon);
  const lats = points.map(({ lat }) => lat);
  const least = (all: readonly number[]) => all.reduce((a, b) => Math.min(a, b));
  const most = (all: readonly number[]) => all.reduce((a, b) => Math.max(a, b));
  return [
    [least(lons), least(lats)],
    [most(lons), most(lats)],
  ];
}

const whenState = <T extends string | number>(of: Readonly<Record<DoorState, T>>): ExpressionSpecification =>
  [
    'match',
    ['get', 'state'],
    ...(['reached', 'tried', 'outside'] as const).flatMap((state) => [state, of[state]]),
    of.left,
  ] as unknown as ExpressionSpecification;

const featuresOf = (points: Points) => ({
  type: 'FeatureCollection' as const,
  features: points.map(({ lon, lat, state, household, place }) => ({
    type: 'Feature' as const,
    geometry: { type: 'Point' as const, coordinates: [lon, lat] },
    properties: { state, household, place },
  })),
});

export interface Look {
  readonly colours: Readonly<Record<DoorState, string>>;
  readonly paper: string;
  readonly ink: string;
}

export function styleOf(
  points: Points,
  { colours, paper, ink }: Look,
  ground: Ground | null,
): StyleSpecification {
  const isReached = ['case', ['==', ['get', 'state'], 'reached'], 1, 0];
  const share: ExpressionSpecification = ['/', ['get', 'reached'], ['get', 'point_count']];
  return {
    version: 8,
    sources: {
      ...(ground ? { ground: sourceOf(ground) } : {}),
      doors: {
        type: 'geojson',
        data: featuresOf(points),
        cluster: true,
        clusterRadius: 36,
        clusterMaxZoom: 16,
        clusterProperties: { reached: ['+', isReached] },
      },
    },
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': paper } },
      ...(ground ? groundLayers(ground, ink) : []),
      {
        id: 'gathered',
        type: 'circle',
        source: 'doors',
        filter: ['has', 'point_count'],
        paint: {
          // From none reached to all: the more, the fuller.
          'circle-color': ['interpolate', ['linear'], share, 0, paper, 1, colours.reached],
          'circle-stroke-color': ink,
          'circle-stroke-width': 2,
          'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'point_count']], 1, 10, 50, 44],
        },
      },
      {
        id: 'doors',
        type: 'circle',
        source: 'doors',
        filter: ['!', ['has', 'point_count']],
        paint: {
          'circle-color': whenState({ ...colours, left: paper, tried: paper }),
          'circle-stroke-color': whenState(colours),
          'circle-stroke-width': whenState({ reached: 1, left: 2, tried: 4, outside: 1 }),
          'circle-radius': whenState({ reached: 7, left: 6, tried: 6, outside: 3 }),
        },
      },
    ],
  };
}
