/**
 * Keeps large bodies under the hash of their bytes: taken in piece by piece, given out checked,
 * removed when no task names them any more.
 */
package io.tasklane.artifact;
