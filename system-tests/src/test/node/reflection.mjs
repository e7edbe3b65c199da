// Makes a client of a service from nothing but the server's reflection (grpc.reflection.v1).
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

// As much of the reflection contract as it takes to ask for the files of one symbol.
const REFLECTION = {
  ServerReflection: {
    methods: {
      ServerReflectionInfo: {
        requestType: 'ServerReflectionRequest',
        requestStream: true,
        responseType: 'ServerReflectionResponse',
        responseStream: true,
      },
    },
  },
  ServerReflectionRequest: { fields: { file_containing_symbol: { type: 'string', id: 4 } } },
  ServerReflectionResponse: {
    fields: {
      file_descriptor_response: { type: 'FileDescriptorResponse', id: 4 },
      error_response: { type: 'ErrorResponse', id: 7 },
    },
  },
  FileDescriptorResponse: {
    fields: { file_descriptor_proto: { rule: 'repeated', type: 'bytes', id: 1 } },
  },
  ErrorResponse: {
    fields: { error_code: { type: 'int32', id: 1 }, error_message: { type: 'string', id: 2 } },
  },
};
const OPTIONS = { keepCase: true, longs: String, enums: String };

/** The clients of all services in the file that declares this one, by full name. */
export async function servicesAround(address, service) {
  const files = await filesOf(address, service);
  const definition = loader.loadFileDescriptorSetFromBuffer(descriptorSet(files), OPTIONS);
  return grpc.loadPackageDefinition(definition);
}

function filesOf(address, symbol) {
  const nested = { grpc: { nested: { reflection: { nested: { v1: { nested: REFLECTION } } } } } };
  const { ServerReflection } = grpc.loadPackageDefinition(loader.fromJSON({ nested }, OPTIONS)).grpc
    .reflection.v1;
  const client = new ServerReflection(address, grpc.credentials.createInsecure());
  return new Promise((resolve, reject) => {
    const call = client.ServerReflectionInfo();
    call.on('error', reject);
    call.on('data', (answer) => {
      call.end();
      client.close();
      if (answer.error_response) {
        reject(new Error(`reflection of ${symbol}: ${answer.error_response.error_message}`));
      } else {
        resolve(answer.file_descriptor_response.file_descriptor_proto);
      }
    });
    call.write({ file_containing_symbol: symbol });
  });
}

// A FileDescriptorSet is its files one after another, each as field 1 with its length before it.
function descriptorSet(files) {
  return Buffer.concat(files.flatMap((file) => [Buffer.from([0x0a]), varint(file.length), file]));
}

function varint(number) {
  const bytes = [];
  for (let rest = number; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) {
      bytes.push(rest);
      return Buffer.from(bytes);
    }
    bytes.push((rest % 128) + 128);
  }
}
