/**
 * Conditions and other expressions that users write, in CEL (Common Expression Language): compiled
 * when they are stored, bounded when they are evaluated, and unable to reach anything but the
 * variables they are given. {@code JsonValues} alone decides which type of CEL a JSON value has. No
 * other package of this module knows the CEL library.
 */
package io.tasklane.condition;
