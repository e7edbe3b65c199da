/**
 * Definitions of workflows, checked and prepared once for each version: where each node stands, and
 * its expressions compiled. What is wrong is collected, each fault with its path.
 */
package io.tasklane.workflow.compile;
