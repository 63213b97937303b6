"""Names of emoji that every workspace has. Not all: those that a bot which speaks of emotions may think of."""

NAMES = frozenset("""
    +1 -1 anger angry anguished astonished balloon blush broken_heart clap cloud cold_sweat confounded confused cry
    crying_cat_face disappointed disappointed_relieved dizzy_face expressionless exploding_head eyes
    face_vomiting face_with_hand_over_mouth face_with_raised_eyebrow face_with_rolling_eyes
    face_with_symbols_on_mouth fearful fire flushed frowning ghost gift_heart grimacing grin grinning heart heart_eyes
    heartbeat hugging_face hushed imp innocent joy kissing_heart laughing loudspeaker mask mega
    nauseated_face neutral_face no_mouth ok_hand open_mouth pensive pleading_face point_up pouting_cat pray question
    rage raised_hands relaxed relieved rocket rolling_on_the_floor_laughing satisfied scream scream_cat skull sleepy
    slightly_frowning_face slightly_smiling_face smile smiley smiling_face_with_3_hearts smirk sob sparkles
    speech_balloon star-struck stuck_out_tongue sunglasses sweat sweat_smile tada thinking_face thought_balloon
    thumbsdown thumbsup tired_face triumph two_hearts unamused upside_down_face wave weary white_check_mark
    white_frowning_face wink worried yum zany_face zap zipper_mouth_face
""".split())
