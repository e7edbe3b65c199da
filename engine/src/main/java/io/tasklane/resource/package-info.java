/** Resources that tasks share: their limits, and the units that runs hold. */
package io.tasklane.resource;
