/** Large payloads that are stored outside the queue, under the hash of their bytes. */
package io.tasklane.artifact;
