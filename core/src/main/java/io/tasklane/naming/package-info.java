/**
 * What names and labels may look like, once for all that have them. A rule that only one kind of
 * thing has stays with that.
 */
package io.tasklane.naming;
