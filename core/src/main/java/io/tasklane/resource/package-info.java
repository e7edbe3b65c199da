/** Resources: named capacities that tasks share across queues. */
package io.tasklane.resource;
