"""Chat-like Korean messages made of parts written for this purpose, so that anyone can repeat a benchmark."""

import random

OPENINGS = ["", "", "아 ", "야 ", "와 ", "헐 ", "근데 ", "진짜 ", "아니 ", "음 ", "그래서 ", "오늘 ", "어제 ", "방금 "]
WHO = ["동생이", "팀장님이", "룸메가", "우리 고양이가", "옆집 아저씨가", "친구들이", "선배가", "막내가", "택배 기사님이", "엄마가",
       "화분이", "노트북이", "버스가", "인터넷이", "주말 약속이", "발표 자료가", "새 이어폰이", "냉장고가"]
HOW = ["갑자기", "또", "말도 없이", "웬일로", "드디어", "하필 지금", "생각보다 빨리", "아무렇지 않게", "새벽부터", "점심 먹다가",
       "비 오는데", "세 번이나", "조용히", "한참 만에"]
WHAT = ["멈춰 버렸어", "웃음을 터뜨렸어", "사라졌어", "연락을 했어", "늦게 왔더라", "케이크를 사 왔어", "소리를 질렀어", "고장 났어",
        "미뤄졌대", "나한테 사과했어", "예쁘게 변했어", "울고 있더라", "괜찮다고 하네", "깜짝 놀라게 했어", "전화를 끊었어", "잘 끝났대요"]
THEN = ["", "", "", "", " 어떡하지", " 너무 좋다", " 짜증 나", " 무섭다 정말", " 별일 아니겠지", " 눈물 나", " 믿기지가 않네", " 다행이다"]
ENDINGS = ["", "", "", ".", ".", "!", "!!", "?", "...", " ㅋㅋㅋ", " ㅠㅠ", "ㅎㅎ", " ㄷㄷ", "~", " ㅡㅡ", " 😊", " 😭😭", " ♥", " :joy:", " ^^"]


def chat_messages(count=10_000, seed=1):
    """The same list for the same arguments: about 25 characters each on average."""
    generator = random.Random(seed)
    return ["".join((generator.choice(OPENINGS), generator.choice(WHO), " ", generator.choice(HOW), " ",
                     generator.choice(WHAT), generator.choice(THEN), generator.choice(ENDINGS)))
            for _ in range(count)]
