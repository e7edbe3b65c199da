// Inputs, results and artifacts: JSON values and bytes, inline or, above 256 KiB, uploaded.
import { createHash } from 'node:crypto';
import { TasklaneError } from './errors.js';

const INLINE_LIMIT = 256 * 1024;
const CHUNK = 256 * 1024;
const isJson = (type) => type === '' || type === 'application/json';
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Makes payloads of values and values of payloads, over a connection. */
export class Payloads {
  #connection;
  #artifacts;

  constructor(connection) {
    this.#connection = connection;
    this.#artifacts = connection.service('ArtifactService');
  }

  /**
   * The payload of a value: undefined is an empty body, a Buffer or Uint8Array is passed on as it is
   * (application/octet-stream), a Payload with a reference, such as that of upload(), stays what it
   * is, and anything else is written as JSON. What has over 256 KiB is uploaded.
   */
  async of(value) {
    if (value === undefined) {
      return {};
    }
    if (value?.reference?.sha256 && value.reference.uri === `artifacts/${value.reference.sha256}`) {
      return value;
    }
    const payload = Payloads.inline(value);
    return payload.inline.length <= INLINE_LIMIT
      ? payload
      : this.upload(payload.inline, payload.contentType);
  }

  /** The payload of a value with all its bytes, however many. */
  static inline(value) {
    return value instanceof Uint8Array
      ? { contentType: 'application/octet-stream', inline: Buffer.from(value) }
      : { contentType: 'application/json', inline: toJson(value) };
  }

  /** What of() was given: the value of JSON, else a Buffer; undefined for an empty body. */
  async value(payload) {
    if (!payload?.body) {
      return undefined;
    }
    const inline = payload.body === 'inline';
    // What has come from another thread is no Buffer any more.
    const bytes = inline ? Buffer.from(payload.inline) : await this.download(payload);
    if (!isJson(payload.contentType)) {
      return bytes;
    }
    return bytes.length ? JSON.parse(bytes.toString('utf8')) : undefined;
  }

  /** Uploads bytes, and returns the Payload that refers to them. */
  async upload(bytes, contentType = 'application/octet-stream') {
    const hash = sha256(bytes);
    const reference = { uri: `artifacts/${hash}`, sizeBytes: String(bytes.length), sha256: hash };
    await this.#connection.repeat(() => this.#send(bytes, { contentType, reference }));
    return { contentType, reference };
  }

  #send(bytes, artifact) {
    return new Promise((resolve, reject) => {
      const call = this.#artifacts.UploadArtifact((error, answer) =>
        error ? reject(error) : resolve(answer),
      );
      call.on('error', () => {});
      call.write({ artifact });
      for (let start = 0; start < bytes.length; start += CHUNK) {
        call.write({ chunk: bytes.subarray(start, start + CHUNK) });
      }
      call.end();
    });
  }

  /**
   * The bytes of an artifact, checked against its hash (DATA_LOSS where they are others). A download
   * that breaks off goes on where it was.
   */
  async download({ reference }) {
    const chunks = [];
    let offset = 0;
    const open = () =>
      offset < Number(reference.sizeBytes)
        ? this.#artifacts.DownloadArtifact({ name: reference.uri, offset })
        : undefined;
    for await (const { chunk } of this.#connection.stream(open)) {
      chunks.push(chunk);
      offset += chunk.length;
    }
    const bytes = Buffer.concat(chunks);
    if (sha256(bytes) !== reference.sha256) {
      throw new TasklaneError('DATA_LOSS', `${reference.uri} has other bytes than its hash says`);
    }
    return bytes;
  }
}

/** UTF-8 of a value that JSON can express; a number that is not finite is refused. */
export function toJson(value) {
  const text = JSON.stringify(value, (key, inner) => {
    if (typeof inner === 'number' && !Number.isFinite(inner)) {
      throw new TypeError(`${key || 'the value'} is ${inner}, which JSON cannot express`);
    }
    return inner;
  });
  if (text === undefined) {
    throw new TypeError(`${typeof value} is nothing that JSON can express`);
  }
  return Buffer.from(text);
}

/** A Duration of the contract, of seconds that may have a fraction. */
export function seconds(count) {
  const whole = Math.floor(count);
  return { seconds: whole, nanos: Math.round((count - whole) * 1e9) };
}

/** Options for a message: Dates become Timestamps, also inside. */
export function fields(value) {
  if (value instanceof Date) {
    const millis = value.getTime();
    const whole = Math.floor(millis / 1000);
    return { seconds: whole, nanos: (millis - whole * 1000) * 1e6 };
  }
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) {
    return value;
  }
  return Array.isArray(value)
    ? value.map(fields)
    : Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fields(inner)]));
}

/** A google.protobuf.Value of JSON. */
export function toValue(json) {
  if (json === null) return { nullValue: 'NULL_VALUE' };
  if (Array.isArray(json)) return { listValue: { values: json.map(toValue) } };
  if (typeof json === 'number') return { numberValue: json };
  if (typeof json === 'string') return { stringValue: json };
  if (typeof json === 'boolean') return { boolValue: json };
  const entries = Object.entries(json).map(([name, inner]) => [name, toValue(inner)]);
  return { structValue: { fields: Object.fromEntries(entries) } };
}

/** The JSON of a google.protobuf.Value. */
export function ofValue(value) {
  if (value.kind === 'nullValue') return null;
  if (value.kind === 'listValue') return value.listValue.values.map(ofValue);
  if (value.kind !== 'structValue') return value[value.kind];
  const entries = Object.entries(value.structValue.fields).map(([k, v]) => [k, ofValue(v)]);
  return Object.fromEntries(entries);
}
