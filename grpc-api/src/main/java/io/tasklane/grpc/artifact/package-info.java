/** ArtifactService: large bodies in and out, chunk by chunk. */
package io.tasklane.grpc.artifact;
