// The contract, loaded from its proto files: of the repository, or of the folder in TASKLANE_PROTO.
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const home = process.env.TASKLANE_PROTO ?? fileURLToPath(new URL('../../../proto', import.meta.url));
const SERVICES = ['artifact', 'event', 'fact', 'task', 'worker', 'workflow'];

const definition = protoLoader.loadSync(
  [
    ...SERVICES.map((name) => `tasklane/v1/${name}_service.proto`),
    'google/rpc/status.proto',
    'google/rpc/error_details.proto',
  ],
  {
    includeDirs: [`${home}/src/main/proto`, `${home}/imports`],
    longs: String,
    enums: String,
    defaults: true,
    oneofs: true,
  },
);

/** The constructors of the services' clients, such as v1.TaskService. */
export const { v1 } = grpc.loadPackageDefinition(definition).tasklane;

/** Reads the bytes of a message by its full name. */
export function decode(name, bytes) {
  return definition[name].deserialize(bytes);
}

/** The names of the fields of a message of tasklane.v1, as they are written in JavaScript. */
export function fieldsOf(message) {
  return definition[`tasklane.v1.${message}`].type.field.map((field) =>
    field.name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase()),
  );
}
