/**
 * Schedules: what makes one due, and under which rules it runs. Plain values; whoever asks says
 * what time it is, and whoever is answered writes the firing down. The packages below hold the due
 * times of triggers, the decision about a firing, and the preview.
 */
package io.tasklane.schedule;
