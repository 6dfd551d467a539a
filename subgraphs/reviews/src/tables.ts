import type { SampleDataTable } from './seeding.ts';

/** Who may read a review: everyone when published, else its author and moderators. */
export type Status = 'PUBLISHED' | 'PENDING' | 'HIDDEN';

/** Instants are ISO 8601 texts in UTC, which sort as they stand. */
export interface ReviewTable {
  readonly id: string;
  readonly product_id: string;
  readonly author_id: string;
  readonly rating: number;
  readonly title: string;
  readonly body: string;
  readonly created_at: string;
  readonly status: Status;
  readonly moderation_note: string | null;
}

/** A reader's word that a review breaks the rules; one each. */
export interface ReportTable {
  readonly review_id: string;
  readonly reporter_id: string;
  readonly reason: string;
  readonly created_at: string;
}

export interface Tables {
  readonly review: ReviewTable;
  readonly report: ReportTable;
  readonly sample_data: SampleDataTable;
}
