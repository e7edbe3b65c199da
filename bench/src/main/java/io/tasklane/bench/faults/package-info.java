/**
 * {@code tasklane bench faults}: breaks a running system of several nodes again and again, while
 * tasks run, and proves from what was seen outside that its promises were kept.
 */
package io.tasklane.bench.faults;
