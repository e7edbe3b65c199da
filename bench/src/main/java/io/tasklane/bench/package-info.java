/**
 * How fast Tasklane is on this machine, measured from outside beside what the machine can do
 * without it: figures that are ratios can be compared between machines. Nothing here is a test.
 */
package io.tasklane.bench;
