import { allow } from 'graphql-shield';
import { federationRules, hasScope, signedIn } from './rules.ts';

const moderator = hasScope('reviews:moderate');

/** Who may ask what. What is not named here nobody may. Which reviews a caller sees at all is decided in visibility.ts. */
export const permissions = {
  Query: { ...federationRules.query, review: allow, latestReviews: allow, moderationQueue: moderator },
  ...federationRules.types,
  Mutation: {
    writeReview: hasScope('reviews:write'),
    reportReview: signedIn,
    moderateReview: moderator,
  },
  Review: {
    '*': allow,
    moderationNote: moderator,
    reports: moderator,
  },
  Product: allow,
  User: allow,
  RatingSummary: allow,
  ReviewConnection: allow,
  PageInfo: allow,
};
