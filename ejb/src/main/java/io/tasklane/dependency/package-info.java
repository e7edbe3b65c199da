/** The bean that resolves dependencies for the engine. */
package io.tasklane.dependency;
