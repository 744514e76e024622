// Connects stdin and stdout to a TCP port: node forward.mjs ADDRESS PORT. kwok runs it for each connection of a `kubectl port-forward`.
import { connect } from 'node:net';

const [address, port] = process.argv.slice(2);
const connection = connect({ host: address, port: Number(port) });
connection.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
process.stdin.pipe(connection).pipe(process.stdout);
connection.on('close', () => process.exit(0));
