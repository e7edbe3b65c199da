/** ScheduleService: schedules, their runs and previews, and the calendars they go by. */
package io.tasklane.grpc.schedule;
