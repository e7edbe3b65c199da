/**
 * Large payloads, stored under the hash of their bytes: uploaded piece by piece, checked when they
 * are read, removed when no task names them any more.
 */
package io.tasklane.artifact;
