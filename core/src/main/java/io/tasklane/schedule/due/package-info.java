/**
 * Due times: the one question of every trigger, and the triggers that need neither zone nor
 * calendar. What is done with a due time belongs into {@code firing}.
 */
package io.tasklane.schedule.due;
