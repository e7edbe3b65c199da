/** Where the bytes of artifacts lie: a folder, or an S3-compatible storage. No rows here. */
package io.tasklane.artifact.storage;
