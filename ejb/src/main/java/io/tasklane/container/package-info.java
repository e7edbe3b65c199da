/**
 * What Jakarta EE contributes: the start and the end of the engine, its timers, and the services as
 * injectable objects. No rule and no row belongs here.
 */
package io.tasklane.container;
