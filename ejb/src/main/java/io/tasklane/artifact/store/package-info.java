/** The rows of artifacts: which there are, which tasks name them, which objects are left over. */
package io.tasklane.artifact.store;
