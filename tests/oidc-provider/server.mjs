// A certified OpenID Connect provider on loopback: `node server.mjs REDIRECT_URI`.
//
// Prints its issuer on one line when it listens, and ends with its standard input. Whoever signs in is asked for a name
// and a password by the provider's own development pages; the name is the account, and any password will do.
import http from 'node:http';

import Provider from 'oidc-provider';

const [redirectUri] = process.argv.slice(2);

const server = http.createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'gatehouse',
      client_secret: 'loopback-secret-not-a-real-one',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  pkce: { required: () => true },
  // Name and addresses are at the userinfo endpoint, as certified providers do it.
  claims: {
    openid: ['sub'],
    profile: ['name'],
    email: ['email', 'email_verified'],
    phone: ['phone_number', 'phone_number_verified'],
  },
  scopes: ['openid', 'profile', 'email', 'phone'],
  async findAccount(_context, id) {
    return {
      accountId: id,
      claims: () => ({
        sub: id,
        name: `Account ${id}`,
        email: `${id}@example.com`,
        email_verified: true,
        phone_number: '+8613900000042',
        phone_number_verified: true,
      }),
    };
  },
  features: { devInteractions: { enabled: true } },
});

server.on('request', provider.callback());
process.stdin.on('end', () => process.exit(0)).resume();
console.log(issuer);
