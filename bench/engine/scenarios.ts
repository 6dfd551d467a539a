/** What is asked. `-unique`: each request carries an Authorization header of its own, which the subgraphs get to see. */
export interface Scenario {
  readonly name: string;
  readonly unique: boolean;
  readonly query: string;
}

const heavy = `
  fragment User on User { id username name }
  fragment Review on Review { id body }
  fragment Product on Product { inStock name price shippingEstimate upc weight }
  query TestQuery {
    users {
      ...User
      reviews {
        ...Review
        product {
          ...Product
          reviews {
            ...Review
            author { ...User reviews { ...Review product { ...Product } } }
          }
        }
      }
    }
    topProducts {
      ...Product
      reviews {
        ...Review
        author { ...User reviews { ...Review product { ...Product } } }
      }
    }
  }`;

const typical = `
  query ProductPage {
    topProducts(first: 2) {
      upc name price weight inStock shippingEstimate
      reviews { id body author { id username name } }
    }
  }`;

const tiny = `query Me { me { id name username } }`;

const both = (name: string, query: string): readonly Scenario[] => [
  { name, query, unique: false },
  { name: `${name}-unique`, query, unique: true },
];

export const scenarios: readonly Scenario[] = [
  ...both('heavy', heavy),
  ...both('typical', typical),
  ...both('tiny', tiny),
];
