/**
 * What a record must look like where the promises were kept: one class a promise, plain functions
 * of the record. A rule is sound: it objects only to what no order of things inside the system
 * excuses.
 */
package io.tasklane.bench.faults.check;
