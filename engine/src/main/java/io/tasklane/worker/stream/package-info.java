/** The streams of workers: what a worker says and is told, and what follows from it. */
package io.tasklane.worker.stream;
