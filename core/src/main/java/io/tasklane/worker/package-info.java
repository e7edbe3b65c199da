/** Workers outside of the servers: what they are, what they say, and what they are told. */
package io.tasklane.worker;
