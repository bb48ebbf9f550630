/* Every word that the help page, its answers and the pocket card show, in English, with what a
 * translator must know. The English text is the key of words/LANG.po; a language without a
 * translation of one of them does not build. %1 and %2 stand for what is filled in. */
#ifndef ENTENTE_HELP_WORDS_H
#define ENTENTE_HELP_WORDS_H

/* clang-format off */
#define HELP_WORDS(X) \
	X(TITLE, "Find help", "Heading of the page.") \
	X(LEAVE, "Leave this page now", "A button that goes to a harmless page at once.") \
	X(INTRO, "You need no account. What you write here is not kept.", "") \
	X(NOT_CONFIRMED, "No native reader has confirmed this translation yet.", "") \
	X(ASK_PLACE, "Where are you? (country or town)", "A question of the form.") \
	X(ASK_NATIONALITY, "Your nationality or nationalities", "A question of the form.") \
	X(ASK_WORDS, "What do you need? Say it in your own words.", "A question of the form.") \
	X(ASK_LIST, "Or choose from this list:", "Above the list of needs.") \
	X(ASK_FEARS, "I am afraid of the authorities of my country or of its embassy", \
	  "A choice.") \
	X(ASK_NO_CONTACT, "I do not want my embassy to hear of me", "A choice.") \
	X(SEND, "Show who can help", "A button.") \
	X(UNDERSTOOD, "This is what we understood. Correct it if it is wrong.", "") \
	X(SLIP, "We read “%1” as “%2”.", "A slip of the pen.") \
	X(UNKNOWN, "We did not understand: “%1”.", "") \
	X(YOU_DECIDE, "You decide whom you contact.", "") \
	X(NOBODY, "On record, nobody has agreed to help with this here.", "") \
	X(NOT_KNOWN, "It is not known who helps with this here. That is not a no.", "") \
	X(MAY, "They are allowed to help; they need not.", "Strength of a clause: a right.") \
	X(SHALL, "They must help.", "Strength of a clause: an obligation.") \
	X(WILL, "They have promised to help and have the means.", \
	  "Strength of a clause: a promise.") \
	X(REMOTE, "They work from another country.", "") \
	X(UNSURE, "It is not known for sure that they can help you.", "") \
	X(EXAMPLE, "An invented example: nobody stands behind it.", "") \
	X(REACH, "How to reach them", "") \
	X(NO_CHANNEL, "No number or address is on record.", "") \
	X(NOT_TESTED, "not tested", "Of a telephone number.") \
	X(TESTED, "tested on %1", "Of a telephone number; a date.") \
	X(NO_ADDRESS, "The address is not shown, to keep people safe.", "Of a safe house.") \
	X(COST, "What it costs", "") \
	X(COST_UNKNOWN, "Not known. Ask before you accept.", "") \
	X(COST_NOTHING, "They pay, not you.", "") \
	X(COST_OTHERS, "The helpers share the cost among themselves.", "") \
	X(COST_REPAY, "You may have to pay the money back.", "") \
	X(COST_STATE, "Your State pays; it may ask you for the money later.", "") \
	X(COST_FARE, "You may have to pay a part of the fare.", "") \
	X(COST_EMPLOYER, "The employer pays.", "") \
	X(FIRST, "What must be done first", "") \
	X(STEP_REQUEST, "The help must be asked for.", "") \
	X(STEP_CONSENT, "They must agree to it.", "") \
	X(STEP_NOTIFY, "This is reported to authorities.", "") \
	X(STEP_CONSULT, "Other authorities are asked.", "") \
	X(STEP_REPLY, "They must wait for an answer.", "") \
	X(STEP_DECLARE, "A crisis must have been declared.", "") \
	X(STEP_SCREEN, "A trained person talks with you alone.", "") \
	X(STEP_VERIFY_IDENTITY, "They check who you are. Bring any paper, copy or photo.", "") \
	X(STEP_PERSON_CONSENT, "You must agree; you can say no.", "") \
	X(STEP_INFORMED_CHOICE, "You decide, once you know what it means.", "") \
	X(STEP_BEST_INTERESTS, "What is best for the child is looked at first.", "") \
	X(STEP_SIGN_UNDERTAKING, "You sign that you will pay the money back.", "") \
	X(STEP_ISSUE, "They make out the paper.", "") \
	X(IF_NOBODY, "If nobody answers", "") \
	X(TRY_NEXT, "Try %1.", "The name of another helper.") \
	X(EMERGENCY, "In danger, call", "Above the emergency numbers.") \
	X(NO_EMERGENCY, \
	  "No emergency number is on record that we can give you here. " \
	  "Ask somebody you trust to call for help.", \
	  "Instead of the emergency numbers.") \
	X(OFFICES_HERE, "These have an office here:", "A list of organizations follows.") \
	X(AMBULANCE, "ambulance", "") \
	X(FIRE, "fire", "The fire brigade.") \
	X(POLICE, "police", "") \
	X(ANY_EMERGENCY, "emergency", "A number for every emergency.") \
	X(CANNOT, "What they cannot do", "") \
	X(CANNOT_PRISON, "A consulate cannot get you out of prison.", "") \
	X(CANNOT_PERMIT, "A consulate cannot let you stay in this country.", "A permit to stay.") \
	X(CANNOT_BETTER, "They do no more for you than for their own people.", "") \
	X(CANNOT_ROOM, "There is room for %1 only.", "A number of people.") \
	X(CANNOT_HOST, "This country may refuse it if you are its national too.", "") \
	X(TOLD_ANYWAY, "This country must tell your consulate all the same.", \
	  "A treaty says so.") \
	X(HELD, "More help opens after a trained person has talked with you alone.", "") \
	X(AS_OF, "on record as of %1", "A date.") \
	X(SOURCE, "Source: %1", "") \
	X(NEAR, "Did you mean “%1”?", "A place or nationality that was not found.") \
	X(OPTIONAL, "You can leave this empty.", "") \
	X(CARD, "A small card with the numbers", "A button.") \
	X(AGAIN, "Ask again", "A heading above the form.")

/* The needs, as the list to choose from shows them: what a person would say. */
#define HELP_NEEDS(X) \
	X(PASSPORT_LOST, "passport-lost", "My passport is lost") \
	X(PASSPORT_HELD, "passport-held", "Somebody keeps my passport") \
	X(NO_PAPERS, "no-papers", "I have no identity papers") \
	X(BIRTH, "birth", "My baby has no papers") \
	X(WAGES, "wages", "I was not paid") \
	X(FEARS_STATE, "fears-state", "I am afraid of my embassy or my government") \
	X(NO_CONTACT, "no-contact", "My embassy must not hear of me") \
	X(FOOD, "food", "Food") \
	X(WATER, "water", "Water") \
	X(SHELTER, "shelter", "A place to sleep") \
	X(ITEMS, "items", "Blankets or clothes") \
	X(CASH, "cash", "Money") \
	X(INJURED, "injured", "I am hurt or very ill") \
	X(DOCTOR, "doctor", "A doctor or medicine") \
	X(DISTRESS, "distress", "Somebody to talk to; I cannot bear it") \
	X(LEAVE, "leave", "I must get out of here") \
	X(RETURN, "return", "I want to go home") \
	X(DETAINED, "detained", "Arrested or in prison") \
	X(DEATH, "death", "Somebody has died") \
	X(MISSING, "missing", "I cannot find my family") \
	X(CHILD_ALONE, "child-alone", "A child without parents") \
	X(FORCED, "forced", "I am forced to work, or locked in") \
	X(VIOLENCE, "violence", "Beaten or raped") \
	X(ASYLUM, "asylum", "I want asylum") \
	X(REFUGEE, "refugee", "I am a refugee") \
	X(STATELESS, "stateless", "I have no nationality") \
	X(LAWYER, "lawyer", "A lawyer") \
	X(INTERPRETER, "interpreter", "Somebody who speaks my language") \
	X(ADVICE, "advice", "Is it safe? What should I do?") \
	X(NO_PERMIT, "no-permit", "I have no permit to stay") \
	X(DISABLED, "disabled", "I cannot walk, see or hear well") \
	X(SEAFARER, "seafarer", "I am a seafarer left on a ship") \
	X(WAR, "war", "War or fighting") \
	X(DISASTER, "disaster", "Earthquake, flood or storm")
/* clang-format on */

enum help_word {
#define X(name, text, note) HELP_##name,
	HELP_WORDS(X)
#undef X
		HELP_WORD_COUNT
};
enum help_need {
#define X(name, code, text) NEED_##name,
	HELP_NEEDS(X)
#undef X
		NEED_COUNT
};

#endif
