/**
 * The story that is told inside the container: the real WAR in Payara Micro with a test class in
 * it, beside a real PostgreSQL and a real broker. What a user sees from outside belongs to {@code
 * io.tasklane.system}.
 */
package io.tasklane.story;
