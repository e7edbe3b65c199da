/**
 * The handler that runs inside the nodes while they are broken: a jar of its own, given to them as
 * a user gives one. It tells the harness what it does, and waits until that has noted it.
 */
package io.tasklane.bench.faults.handler;
