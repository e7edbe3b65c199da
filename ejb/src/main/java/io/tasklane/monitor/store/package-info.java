/** What the database tells about itself and about the cluster. */
package io.tasklane.monitor.store;
