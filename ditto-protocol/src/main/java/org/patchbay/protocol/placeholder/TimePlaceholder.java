package org.patchbay.protocol.placeholder;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code time:now} and {@code time:now_epoch_millis}, moved and cut off on demand: {@code
 * time:now-1h}, {@code time:now[d]}, {@code time:now+2w[mo]}. In UTC.
 */
final class TimePlaceholder {

    private static final String UNIT = "(ms|s|m|h|d|w|mo|y)";
    private static final Pattern FORM =
            Pattern.compile(
                    "now(_epoch_millis)?(?:([+-]\\d{1,9})" + UNIT + ")?(?:\\[" + UNIT + "])?");

    private static final Map<String, ChronoUnit> UNITS =
            Map.of(
                    "ms", ChronoUnit.MILLIS,
                    "s", ChronoUnit.SECONDS,
                    "m", ChronoUnit.MINUTES,
                    "h", ChronoUnit.HOURS,
                    "d", ChronoUnit.DAYS,
                    "w", ChronoUnit.WEEKS,
                    "mo", ChronoUnit.MONTHS,
                    "y", ChronoUnit.YEARS);

    private TimePlaceholder() {}

    static boolean has(String name) {
        return FORM.matcher(name).matches();
    }

    static @Nullable String value(String name, Instant now) {
        Matcher form = FORM.matcher(name);
        if (!form.matches()) {
            return null;
        }
        ZonedDateTime time = now.atZone(ZoneOffset.UTC);
        if (form.group(2) != null) {
            time = time.plus(Long.parseLong(form.group(2)), unit(form.group(3)));
        }
        if (form.group(4) != null) {
            time = cut(time, unit(form.group(4)));
        }
        Instant result = time.toInstant();
        return form.group(1) == null ? result.toString() : String.valueOf(result.toEpochMilli());
    }

    private static ZonedDateTime cut(ZonedDateTime time, ChronoUnit unit) {
        return switch (unit) {
            case WEEKS ->
                    time.truncatedTo(ChronoUnit.DAYS)
                            .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTHS -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
            case YEARS -> time.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
            default -> time.truncatedTo(unit);
        };
    }

    private static ChronoUnit unit(String name) {
        return java.util.Objects.requireNonNull(UNITS.get(name));
    }
}
