/**
 * What Jakarta EE contributes: starting and stopping the engine, its timers, and the services as
 * injectable objects. No rule and no row belongs here.
 */
package io.tasklane.container;
