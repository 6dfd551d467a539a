import { portOf } from "./sample-ports.js";
const person = (name, handle, role) => {
    // Sample accounts only; the accounts subgraph makes them with this password on first start.
    return { name, email: `${handle}@weir.example`, password: 'river-stone-42', role };
};
/** What the sandbox page offers of the sample shop: its other servers, people to sign in as, queries to try. */
export function sampleSandbox(portBase) {
    const url = (name) => `http://127.0.0.1:${portOf(name, portBase)}/graphql`;
    return {
        title: 'Weir sample shop',
        endpoints: [
            { name: 'bff-web', url: url('bff-web') },
            { name: 'bff-mobile', url: url('bff-mobile') },
        ],
        people: [
            person('Ada Lovell', 'ada', 'customer'),
            person('Sam Okoro', 'sam', 'support'),
            person('Mia Castell', 'mia', 'moderator'),
            person('Root Weirman', 'root', 'admin'),
        ],
        signIn: {
            endpoint: 'gateway',
            query: 'mutation SignIn($email: String!, $password: String!) { signIn(email: $email, password: $password) { accessToken } }',
            tokenPath: ['signIn', 'accessToken'],
        },
        examples: [
            { name: 'Newest products', endpoint: 'gateway', query: newestProducts },
            {
                name: 'Who am I',
                endpoint: 'gateway',
                query: 'query WhoAmI {\n  me {\n    name\n    loyaltyPoints\n  }\n}\n',
            },
            { name: 'Front page', endpoint: 'bff-web', query: frontPage },
            { name: 'First screen', endpoint: 'bff-mobile', query: firstScreen },
        ],
    };
}
const newestProducts = `query NewestProducts {
  products(first: 5, sort: NEWEST) {
    nodes {
      name
      price {
        amount
        currency
      }
      availability {
        status
      }
      rating {
        average
        count
      }
    }
  }
}
`;
const frontPage = `query FrontPage {
  homePage {
    newest {
      name
      href
      rating {
        average
      }
    }
    missing {
      __typename
    }
  }
}
`;
const firstScreen = `query FirstScreen {
  homeScreen {
    greeting
    picks {
      name
      price
      stars
    }
    missing
  }
}
`;
//# sourceMappingURL=sample-sandbox.js.map