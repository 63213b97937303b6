#include "bot/store/schema.hpp"

#include <vector>

namespace nunchi::store {

// Text columns hold what to_column makes of a text. Times are numbers: seconds, microseconds or hours since
// 1970.
std::span<const Migration> schema_migrations() {
    static const std::vector<Migration> migrations{
        // Version 1.
        {
            // What happened once: handled messages and claims, by the key of once_key.hpp. SQLite keeps the
            // rows
            // in the order of the key and finds expired ones by passing over all keys, a slice at a time;
            // PostgreSQL has an index for that, in which equal seconds share one entry.
            "CREATE TABLE once_key (high BIGINT NOT NULL, low BIGINT NOT NULL, "
            "expires BIGINT NOT NULL, "  // seconds; from then on it counts as not taken
            "PRIMARY KEY (high, low)) /*sqlite WITHOUT ROWID*/",
            "/*postgresql CREATE INDEX once_key_expires ON once_key (expires)*/",

            "CREATE TABLE place (id BIGINT NOT NULL PRIMARY KEY, "  // place_id() of the other columns
            "platform TEXT NOT NULL, community TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL)"
            " /*sqlite WITHOUT ROWID*/",

            // One row for each place, hour and emotion. Updates in place want free room on PostgreSQL's
            // pages.
            "CREATE TABLE hour_count (hour BIGINT NOT NULL, "
            "place BIGINT NOT NULL, "      // place.id
            "emotion SMALLINT NOT NULL, "  // fear 0, surprise, anger, sadness, neutral, happiness, disgust 6;
                                           // none -1
            "count BIGINT NOT NULL, PRIMARY KEY (hour, place, emotion))"
            " /*sqlite WITHOUT ROWID*/ /*postgresql WITH (fillfactor = 70)*/",

            // Answers that are decided and not yet known to be delivered.
            "CREATE TABLE effect (id BIGINT NOT NULL PRIMARY KEY, "  // effect_id() of the message's key
            "platform TEXT NOT NULL, community TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL, "
            "message TEXT NOT NULL, kind TEXT NOT NULL, locale TEXT NOT NULL, "  // reply, reaction; ko, en
            "probabilities TEXT NOT NULL, abstained SMALLINT NOT NULL, model_id TEXT NOT NULL, "
            "due BIGINT NOT NULL) /*sqlite WITHOUT ROWID*/",  // microseconds

            // NULL: as the level above.
            "CREATE TABLE channel_settings (platform TEXT NOT NULL, community TEXT NOT NULL, "
            "channel TEXT NOT NULL, thread TEXT NOT NULL, mode TEXT, min_confidence DOUBLE PRECISION, "
            "PRIMARY KEY (platform, community, channel, thread)) /*sqlite WITHOUT ROWID*/",

            "CREATE TABLE opt_out (platform TEXT NOT NULL, person TEXT NOT NULL, "
            "PRIMARY KEY (platform, person)) /*sqlite WITHOUT ROWID*/",

            // The adapters' own. Values of many kilobytes are better off outside of the key's tree.
            "CREATE TABLE state (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
        },
        // Version 2: the tone of the answers. NULL in channel_settings: as the level above.
        {
            "ALTER TABLE channel_settings ADD COLUMN tone TEXT",
            "ALTER TABLE effect ADD COLUMN tone TEXT NOT NULL DEFAULT ''",
        },
    };
    return migrations;
}

}  // namespace nunchi::store
