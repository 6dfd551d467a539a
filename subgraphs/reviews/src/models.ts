import type { Connection } from './page.ts';
import type { ReviewTable } from './tables.ts';

/** What resolvers are given for each GraphQL type; scripts/generate.ts reads the names. */
export type ReviewModel = ReviewTable;

/** Another team's product: all that is known of it here is its id. */
export interface ProductModel {
  readonly id: string;
}

/** Another team's user: all that is known of them here is the id. */
export interface UserModel {
  readonly id: string;
}

/** A page of a list; the total is counted only when it is asked for. */
export interface ReviewConnectionModel extends Connection<ReviewModel> {
  readonly totalCount: () => Promise<number>;
}

/** Published ratings of one product: how many with 1, 2, 3, 4 and 5 stars. */
export interface RatingSummaryModel {
  readonly histogram: readonly number[];
}
