/**
 * Makes commands durable: what a command is, and the one writer of a node that commits commands in
 * groups. The commands of features do not belong here.
 */
package io.tasklane.commit;
