/**
 * Large payloads, stored under the hash of their bytes: uploaded in pieces, checked when they are
 * read, removed when no task names them any more.
 */
package io.tasklane.artifact;
