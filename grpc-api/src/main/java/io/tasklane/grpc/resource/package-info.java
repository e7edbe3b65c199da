/** ResourceService: named capacities that tasks share. */
package io.tasklane.grpc.resource;
