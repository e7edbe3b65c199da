/** Where the bytes of artifacts are stored: a folder, or an S3-compatible storage. No rows here. */
package io.tasklane.artifact.storage;
