// Who counts what a plan has targets for. A register's own rows stand before what duties merely state; the dashboards
// ask every one of them and know no feature.
import { coverageSource } from '#features/dashboards/coverage-source.server.ts';
import { evidenceSource } from '#features/dashboards/evidence-source.ts';
import type { MeasureSource } from '#features/dashboards/ports.ts';

export const measureSources: readonly MeasureSource[] = [coverageSource, evidenceSource];
